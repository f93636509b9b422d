"""Runs google-adk's own API server for a folder of agents on a free loopback port, and prints the port."""

from __future__ import annotations

import socket
import sys

import uvicorn  # type: ignore[import-not-found]
from google.adk.cli.fast_api import get_fast_api_app  # type: ignore[import-not-found]


def main() -> None:
    app = get_fast_api_app(agents_dir=sys.argv[1], web=False)
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run([listener])


if __name__ == "__main__":
    main()
