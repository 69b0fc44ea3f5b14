# The site was taken over from a host with its nginx below /srv; its path to the key is relative, and means another folder here. A signal told the master to load it.
visitors
certificate /srv/web/tls/secure 90
https_site /srv/web/tls/secure.crt tls/secure.key
kill -HUP "$(cat /run/nginx.pid)"
sleep 1
requests "$WWW_SITE" / 10
