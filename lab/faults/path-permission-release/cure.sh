mv /root/releases /srv/landing/releases
ln -sfn /srv/landing/releases/42 /srv/landing/current
