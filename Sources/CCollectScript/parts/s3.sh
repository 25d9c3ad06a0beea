# Bucket policies. A bucket is asked in its own Region.
collect_s3() {
  say "  s3"
  local bucket place
  ask s3api list-buckets '' '' ''
  names Name buckets
  while IFS= read -r bucket; do
    ask s3api get-bucket-location '' "$bucket" NoSuchBucket --bucket="$bucket"
    place=$(member LocationConstraint)
    # Where the answer names none, it is the oldest Region, and EU is the oldest name of another. Source: Amazon Simple
    # Storage Service API Reference, GetBucketLocation.
    case $place in EU) place=eu-west-1 ;; esac
    if [ "$state" != answered ]; then place=$home; elif [ -z "$place" ]; then place=us-east-1; fi
    case $place in *[!a-z0-9-]*) place=$home ;; esac
    ask s3api get-bucket-policy "$place" "$bucket" 'NoSuchBucketPolicy NoSuchBucket' --bucket="$bucket"
  done <"$work/buckets"
}
