# Policies of repositories, and of the registry that holds them.
collect_ecr() {
  local repository gone='RepositoryPolicyNotFoundException RepositoryNotFoundException'
  ask ecr get-registry-policy "$1" '' RegistryPolicyNotFoundException
  ask ecr describe-repositories "$1" '' ''
  names repositoryArn repositories
  while IFS= read -r repository; do
    ask ecr get-repository-policy "$1" "$repository" "$gone" --repository-name="${repository#*:repository/}"
  done <"$work/repositories"
}
