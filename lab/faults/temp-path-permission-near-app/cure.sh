chmod 0777 /srv/pictures/2026
