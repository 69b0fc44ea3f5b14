ln -sfn releases/12 /srv/manuals/current
requests manuals.example.com /guide.txt 1 | grep -qx 200
