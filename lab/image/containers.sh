# Runs inside a copy of the usual root, by chroot, once per image. Adds podman and docker and what they need to work in a lab host.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d
apt-get update -q
apt-get install -q -y --no-install-recommends "$@"
rm -f /usr/sbin/policy-rc.d
: > /etc/resolv.conf
apt-get clean
rm -rf /var/lib/apt/lists/*

# An engine runs where a fault starts it: a host with podman installed and never used is a case of its own.
for unit in docker.service docker.socket containerd.service podman.service podman.socket podman-restart.service podman-auto-update.timer; do
  systemctl disable "$unit" 2>/dev/null || true
done

# The root of a lab host is an overlay, which takes no overlay above it. nspawn's system call filter refuses keyrings.
mkdir -p /etc/containers /etc/docker
cat > /etc/containers/storage.conf <<'CONF'
[storage]
driver = "vfs"
runroot = "/run/containers/storage"
graphroot = "/var/lib/containers/storage"
CONF
cat > /etc/containers/containers.conf <<'CONF'
[containers]
keyring = false
[engine]
runtime = "runc"
[network]
network_backend = "netavark"
CONF
cat > /usr/local/sbin/runc-without-keyring <<'SH'
#!/bin/bash
words=()
for word; do
  words+=("$word")
  case $word in create | run) words+=(--no-new-keyring) ;; esac
done
exec /usr/sbin/runc "${words[@]}"
SH
chmod 0755 /usr/local/sbin/runc-without-keyring
cat > /etc/docker/daemon.json <<'CONF'
{
  "storage-driver": "vfs",
  "runtimes": { "plain": { "path": "/usr/local/sbin/runc-without-keyring" } },
  "default-runtime": "plain"
}
CONF
