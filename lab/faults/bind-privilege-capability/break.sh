# The unit was hardened, and lost the capability for low ports.
visitors
nginx_unit_with 'CapabilityBoundingSet=CAP_SETUID CAP_SETGID CAP_CHOWN CAP_DAC_OVERRIDE CAP_KILL'
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
