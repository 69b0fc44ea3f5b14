# The unit was hardened and lost the right to change users: each worker gives up at its start, none is made again, and the master listens alone.
visitors
nginx_unit_with 'CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_KILL'
systemctl restart nginx.service
requests "$WWW_SITE" / 10 0.1 -m 4
