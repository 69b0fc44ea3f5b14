# nginx was stopped and its package put on anew; a policy-rc.d from the making of the machine's image is still there and forbids packages to start services, so that nobody did.
visitors
(unnoted=1 && requests "$WWW_SITE" /wp-login.php 5 0.05 >/dev/null)
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d
systemctl stop nginx.service
# The package's own script, as dpkg calls it.
/var/lib/dpkg/info/nginx.postinst configure >/dev/null 2>&1
requests "$WWW_SITE" / 10
