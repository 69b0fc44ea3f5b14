import { laid, type LaidFile } from './laid-file.ts'
import type { Layout } from './layout.ts'

/** Apache with mod_wsgi on a port of its own, in the files of Debian's package. */
export function apacheFiles(
  { application, user, folder, bind, shopSite }: Layout,
  settings: string,
): readonly LaidFile[] {
  return [
    laid('/etc/apache2/ports.conf', [`Listen ${bind}`]),
    laid('/etc/apache2/conf-enabled/environment.conf', ['ServerName localhost']),
    laid('/etc/apache2/sites-enabled/000-default.conf', [
      `<VirtualHost ${bind}>`,
      `    ServerName ${shopSite}`,
      `    WSGIDaemonProcess ${application} user=${user} group=${user} processes=1 threads=8 home=${folder}`,
      `    WSGIProcessGroup ${application}`,
      '    WSGIApplicationGroup %{GLOBAL}',
      `    WSGIScriptAlias / ${folder}/app.py`,
      `    <Directory ${folder}>`,
      '        Require all granted',
      '    </Directory>',
      `    ErrorLog \${APACHE_LOG_DIR}/${application}.error.log`,
      `    CustomLog \${APACHE_LOG_DIR}/${application}.access.log combined`,
      '</VirtualHost>',
    ]),
    laid('/etc/apache2/envvars', [
      'unset HOME',
      'SUFFIX=""',
      'export APACHE_RUN_USER=www-data',
      'export APACHE_RUN_GROUP=www-data',
      'export APACHE_PID_FILE=/var/run/apache2$SUFFIX/apache2.pid',
      'export APACHE_RUN_DIR=/var/run/apache2$SUFFIX',
      'export APACHE_LOCK_DIR=/var/lock/apache2$SUFFIX',
      'export APACHE_LOG_DIR=/var/log/apache2$SUFFIX',
      'export LANG=C',
      `[ ! -r ${settings} ] || { set -a; . ${settings}; set +a; }`,
    ]),
  ]
}
