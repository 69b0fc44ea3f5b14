# The disk of the logs went read-only in the night; nginx served on, and did not come back from the restart of the morning.
visitors
folder=${ERROR_LOG%/*}
mount --bind "$folder" "$folder"
mount -o remount,bind,ro "$folder"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
