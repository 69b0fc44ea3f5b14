rm -f "$(new_site sale)"
https_site_gone
rm -rf /etc/letsencrypt
