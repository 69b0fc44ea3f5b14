systemctl start srv-gallery.mount
