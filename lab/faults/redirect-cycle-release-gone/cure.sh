ln -sfn releases/42 /srv/portal/current
