rm -f /etc/ssh/sshd_config.d/outside.conf
systemctl restart ssh.service
systemctl reset-failed nginx.service
https_site_gone
