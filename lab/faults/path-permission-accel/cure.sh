chmod 0755 /srv/invoices/store
