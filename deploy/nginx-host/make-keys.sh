#!/bin/sh
# Makes, once, what the worker and web-1 need to know of each other: the worker's key, web-1's host key, and the inventory that
# pins it. Each goes to a volume of its own, so that the bot, which reads the inventory, cannot read the key.
set -eu
umask 077
key=/worker-key/id_ed25519
identity=/identity
inventory=/inventory/hosts.yml

[ -e "$key" ] || ssh-keygen -q -t ed25519 -N '' -C gatemedic-worker -f "$key"
[ -e "$identity/ssh_host_ed25519_key" ] || ssh-keygen -q -t ed25519 -N '' -C web-1 -f "$identity/ssh_host_ed25519_key"
cp "$key.pub" "$identity/authorized_keys"
chmod 644 "$identity/authorized_keys"
chmod 755 "$identity"
# 1000 is the user node of the gatemedic image.
chown -R 1000:1000 /worker-key
chown -R 0:0 "$identity"

cat >"$inventory" <<INVENTORY
hosts:
  web-1:
    address: web-1
    sites: [shop.example.com, blog.example.com]
    # root, because this host is thrown away; a real host gets a user of its own and: npm run cli -- sudoers --user medic
    user: root
    identityFile: $key
    hostKey: "$(cut -d ' ' -f 1,2 "$identity/ssh_host_ed25519_key.pub")"
    act: { user: root, identityFile: $key, units: [checkout-api.service], nginx: true }
INVENTORY
chmod 755 /inventory
chmod 644 "$inventory"
echo "keys and inventory of web-1 are in place"
