podman rm -f -t 2 side migration >/dev/null
