"""AWS's managed policies, as far as the package moto has them."""
import json


def managed_policies():
    """Documents by the policies' names. Raises ImportError where moto is not installed."""
    from moto.iam.aws_managed_policies import aws_managed_policies_data
    return {name: policy["Document"] for name, policy in json.loads(aws_managed_policies_data).items()}


def write(folder):
    """Writes a file for each policy, and returns their paths in order."""
    folder.mkdir()
    for name, document in managed_policies().items():
        (folder / (name + ".json")).write_text(json.dumps(document))
    return sorted(str(path) for path in folder.iterdir())
