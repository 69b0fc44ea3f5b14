rm -f /srv/root.*
https_site_gone
