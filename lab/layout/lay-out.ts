import { backendFiles, backendUnits } from './backend.ts'
import { laid, type LaidFile } from './laid-file.ts'
import type { Layout } from './layout.ts'
import { hostLogs, logsOf } from './logs.ts'
import { neighbourFiles } from './neighbour-files.ts'
import { nginxFiles } from './nginx-files.ts'
import { roots, sites } from './nginx-servers.ts'
import { blogPoolFile } from './php-fpm.ts'
import { shellText, shellVariables } from './shell-variables.ts'

/** Services that are to run on this host before it is ready. */
export function servicesOf(layout: Layout): readonly string[] {
  const backend = backendUnits(layout)
  if (layout.role === 'back') return backend
  return ['php8.2-fpm.service', ...backend, ...layout.neighbours.map(({ unit }) => unit), 'nginx.service']
}

/**
 * A bash script that makes a freshly booted host this one, before its web server starts for the first time. Everything it writes
 * is dated three days back: on a real host, files that are older than the boot are no news.
 */
export function layOutScript(layout: Layout): string {
  return [
    layOutFilesScript(layout),
    'systemctl daemon-reload',
    `systemctl start ${servicesOf(layout).join(' ')}`,
    earlierLogin,
  ].join('\n')
}

/** Who has been on a host before may read a journal of his own there (SplitMode= of journald.conf(5)), and no other. */
const earlierLogin = 'runuser -u plain -- logger -t crontab "listed by plain"'

/** The files alone, for an image that is not running: its services start with it. */
export function layOutFilesScript(layout: Layout): string {
  const files = allFiles(layout)
  const services = servicesOf(layout)
  const logs =
    layout.role === 'back'
      ? []
      : [...new Set(sites(layout).flatMap(({ label, name }) => Object.values(logsOf(layout, label, name))))]
  return [
    'set -eu',
    'old=$(date -d "3 days ago" +%Y%m%d%H%M.%S)',
    'put() { mkdir -p "${1%/*}"; rm -f "$1"; base64 -d >"$1"; touch -t "$old" "$1" "${1%/*}"; }',
    `id -u ${layout.user} >/dev/null 2>&1 || useradd --system --home-dir ${layout.folder} --shell /usr/sbin/nologin ${layout.user}`,
    ...(layout.blogPool === 'www' || layout.role === 'back'
      ? []
      : ['mv /etc/php/8.2/fpm/pool.d/www.conf /etc/php/8.2/fpm/pool.d/www.conf.disabled']),
    ...files.map(putLine),
    // As the package makes its own two: nginx itself would make them readable by everybody.
    ...logs
      .filter((path) => path !== null)
      .map(
        (path) => `mkdir -p "${path.replace(/\/[^/]*$/, '')}"; install -o www-data -g adm -m 0640 /dev/null "${path}"`,
      ),
    ...services.map((unit) => enableLine(unit)),
  ].join('\n')
}

function allFiles(layout: Layout): readonly LaidFile[] {
  return [
    laid('/etc/lab/layout', [shellText(shellVariables(layout)).trimEnd()]),
    ...backendFiles(layout),
    ...(layout.role === 'back' ? [] : siteFiles(layout)),
  ]
}

function siteFiles(layout: Layout): readonly LaidFile[] {
  const root = roots(layout)
  return [
    ...neighbourFiles(layout),
    ...blogPoolFile(layout),
    laid(`${root.www}/index.html`, [`<!doctype html><title>${layout.wwwSite}</title>`, `<p>${layout.wwwSite}</p>`]),
    ...(layout.shopPath === '/'
      ? []
      : [laid(`${root.shop}/index.html`, [`<!doctype html><title>${layout.shopSite}</title>`])]),
    laid(`${root.blog}/index.php`, ['<?php', "header('Content-Type: text/plain');", `echo "${layout.blogSite}\\n";`]),
    ...nginxFiles(layout),
  ]
}

function putLine({ path, text, linkTo }: LaidFile): string {
  if (linkTo !== undefined) return `ln -sfn ${linkTo} ${path}; touch -h -t "$old" ${path}`
  return `put ${path} <<<'${Buffer.from(text).toString('base64')}'`
}

/** What `systemctl enable` would leave, without its second for the init scripts of old. */
function enableLine(unit: string): string {
  const target = unit.endsWith('.socket') ? 'sockets' : 'multi-user'
  const file = unit.replace(/@[^.]*\./, '@.')
  const wants = `/etc/systemd/system/${target}.target.wants`
  return `mkdir -p ${wants}; for folder in /etc /lib; do [ ! -e $folder/systemd/system/${file} ] || { ln -sfn $folder/systemd/system/${file} ${wants}/${unit}; break; }; done`
}

/** The logs of the whole host and those of its sites, for whoever looks for a line. */
export function errorLogs(layout: Layout): readonly string[] {
  const own = sites(layout).map(({ label, name }) => logsOf(layout, label, name).error)
  return [...new Set([hostLogs.error, ...own.filter((path) => path !== null)])]
}
