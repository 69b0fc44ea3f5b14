mv /srv/intranet/releases/.41.old /srv/intranet/releases/41
