"""The S3 server of ``s3_server.py``, run by an environment of its own: prints where it is, and ends with its input."""

import json
import sys

import boto3
from moto.core import set_initial_no_auth_action_count
from moto.server import ThreadedMotoServer

REGION = "eu-north-1"


def prepared(address: str, bucket: str) -> dict[str, str]:
    """With a bucket and a key; what a program is told of them."""
    plain = {"aws_access_key_id": "anybody", "aws_secret_access_key": "anything", "region_name": REGION}
    place = {"LocationConstraint": REGION}
    boto3.client("s3", endpoint_url=address, **plain).create_bucket(Bucket=bucket, CreateBucketConfiguration=place)
    iam = boto3.client("iam", endpoint_url=address, **plain)
    iam.create_user(UserName="batch")
    allowed = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    iam.put_user_policy(UserName="batch", PolicyName="all", PolicyDocument=json.dumps(allowed))
    key = iam.create_access_key(UserName="batch")["AccessKey"]
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }


def main(bucket: str) -> None:
    """Serve a bucket until the input ends."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = prepared(f"http://{host}:{port}", bucket)
    serve(environment)


@set_initial_no_auth_action_count(0)
def serve(environment: dict[str, str]) -> None:
    """Ask every call for its key, and answer until the input ends."""
    print(json.dumps(environment), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
