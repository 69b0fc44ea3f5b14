mv /srv/courses/courses/* /srv/courses/
rmdir /srv/courses/courses
