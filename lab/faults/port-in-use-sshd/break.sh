# sshd listens on 443 as well, so that it is reached from strict networks; the restart of nginx with its https site came later.
visitors
certificate /etc/nginx/tls/secure 90
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
printf 'Port 22\nPort 443\n' >/etc/ssh/sshd_config.d/outside.conf
systemctl restart ssh.service
wait_until 10 listens_on 443
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
