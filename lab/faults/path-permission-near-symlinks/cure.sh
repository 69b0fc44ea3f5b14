chown -h root:root /srv/brochure/prices.html
