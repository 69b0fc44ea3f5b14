systemctl reset-failed 'config-check-*'
rm -r /srv/builds
