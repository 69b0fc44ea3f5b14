import { readFileSync } from 'node:fs'
import { apacheFiles } from './apache.ts'
import type { BackendKind } from './kinds.ts'
import { laid, type LaidFile } from './laid-file.ts'
import type { Layout } from './layout.ts'
import { fpmConfig, phpFpmFiles } from './php-fpm.ts'

/** Command line of each kind; @ADDRESS@, @HOST@ and @PORT@ stand for where it listens, so that a script can move it. */
const commands: Readonly<Record<BackendKind, string>> = {
  gunicorn: '/usr/bin/gunicorn --bind @ADDRESS@ --workers 1 --threads 8 --access-logfile - app:app',
  'gunicorn-unix': '/usr/bin/gunicorn --bind @ADDRESS@ --workers 1 --threads 8 --access-logfile - app:app',
  template: '/usr/bin/gunicorn --bind @ADDRESS@ --workers 1 --threads 8 --access-logfile - app:app',
  'socket-activated': '/usr/bin/gunicorn --workers 1 --threads 8 --access-logfile - app:app',
  uwsgi:
    '/usr/bin/uwsgi --master --plugin python3 --socket @ADDRESS@ --wsgi-file app.py --callable app --need-app --processes 1 --threads 8 --die-on-term',
  'uwsgi-unix':
    '/usr/bin/uwsgi --master --plugin python3 --socket @ADDRESS@ --chmod-socket=666 --wsgi-file app.py --callable app --need-app --processes 1 --threads 8 --die-on-term',
  node: '/usr/bin/node server.js',
  plain: '/usr/bin/python3 server.py --host @HOST@ --port @PORT@',
  apache: '',
  'php-tcp': '/usr/sbin/php-fpm8.2 --nodaemonize --fpm-config @CONFIG@',
  grpc: '/usr/sbin/nghttpd --no-tls --address=@HOST@ --htdocs=. @PORT@',
}

/** The command line with the placeholders in it, as scripts get it in SHOP_EXEC. */
export function backendCommand(layout: Layout): string {
  return commands[layout.kind].replace('@CONFIG@', fpmConfig(layout))
}

/** Environment file of the application: APP_DELAY, APP_FAIL, APP_SETTINGS. */
export function settingsFile(layout: Layout): string {
  return `/etc/default/${layout.application}`
}

/** Application and units of the shop's backend. */
export function backendFiles(layout: Layout): readonly LaidFile[] {
  const { kind, role } = layout
  if (role === 'front') return []
  return [
    ...applicationFiles(layout),
    ...(kind === 'apache' ? apacheFiles(layout, settingsFile(layout)) : unitFiles(layout)),
  ]
}

/** Units that are to run, the one of a socket before its service. */
export function backendUnits(layout: Layout): readonly string[] {
  if (layout.role === 'front') return []
  return layout.kind === 'socket-activated' ? [socketUnit(layout), layout.unit] : [layout.unit]
}

export function socketUnit({ unit }: Layout): string {
  return unit.replace(/\.service$/, '.socket')
}

function applicationFiles({ kind, folder, shopPath }: Layout): readonly LaidFile[] {
  const shipped = (name: string): LaidFile => ({
    path: `${folder}/${name}`,
    text: readFileSync(new URL(`applications/${name}`, import.meta.url), 'utf8'),
  })
  if (kind === 'node') return [shipped('server.js')]
  if (kind === 'php-tcp') return [shipped('index.php')]
  if (kind === 'plain') return [shipped('app.py'), shipped('server.py')]
  if (kind === 'grpc')
    return ['cart', 'checkout', 'healthz', 'index.html'].map((name) => laid(`${folder}${shopPath}${name}`, ['{}']))
  return [shipped('app.py')]
}

function unitFiles(layout: Layout): readonly LaidFile[] {
  const { kind, title, user, folder, unit, port, bind } = layout
  const host = bind.replace(/:\d+$/, '')
  const command =
    kind === 'template' ? backendCommand(layout).replace('@ADDRESS@', `${host}:%i`) : whereItListens(layout)
  const service = laid(`/etc/systemd/system/${unit.replace(/@\d+\./, '@.')}`, [
    '[Unit]',
    `Description=${title}`,
    'After=network.target',
    '',
    '[Service]',
    // The master of php-fpm starts as root and gives its workers the user of the pool.
    ...(kind === 'php-tcp' ? ['Type=notify'] : [`User=${user}`, `Group=${user}`]),
    `WorkingDirectory=${folder}`,
    ...(kind === 'node' ? [`Environment=HOST=${host} PORT=${port ?? ''}`] : []),
    `EnvironmentFile=-${settingsFile(layout)}`,
    ...(layout.port === null ? [`RuntimeDirectory=${layout.application}`] : []),
    ...(kind === 'php-tcp'
      ? [`ExecStartPre=/bin/sh -c 'test -z "$APP_SETTINGS" || cat "$APP_SETTINGS" >/dev/null'`]
      : []),
    `ExecStart=${command}`,
    'Restart=on-failure',
    'RestartSec=200ms',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ])
  const socket = laid(`/etc/systemd/system/${socketUnit(layout)}`, [
    '[Unit]',
    `Description=Socket of ${title}`,
    '',
    '[Socket]',
    `ListenStream=${bind}`,
    '',
    '[Install]',
    'WantedBy=sockets.target',
  ])
  return [service, ...(kind === 'socket-activated' ? [socket] : []), ...(kind === 'php-tcp' ? phpFpmFiles(layout) : [])]
}

function whereItListens(layout: Layout): string {
  // gunicorn wants the prefix of a socket, uwsgi the bare path.
  const bind = layout.kind === 'uwsgi-unix' ? layout.bind.replace(/^unix:/, '') : layout.bind
  return backendCommand(layout)
    .replace('@ADDRESS@', bind)
    .replace('@HOST@', bind.replace(/:\d+$/, ''))
    .replace('@PORT@', String(layout.port))
}
