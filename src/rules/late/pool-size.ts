import type { Unit } from '../../probes/unit-state.ts'

/** How many requests a backend works on at a time, as its own configuration says. */
export interface PoolSize {
  readonly size: number
  /** "--workers 1 --threads 8", "/etc/php/8.2/fpm/pool.d/www.conf:118: pm.max_children = 5". */
  readonly text: string
}

/** null where nothing says so, or where one process serves any number (Node.js, gevent, uvicorn). */
export function poolSizeOf(unit: Unit, address: string): PoolSize | null {
  if (/php-fpm/.test(unit.execStart)) return fpmPool(unit, address)
  if (/gunicorn/.test(unit.execStart)) return gunicornPool(unit)
  if (/^(?:apache2|httpd)/.test(unit.id)) return wsgiPool(unit)
  return /uwsgi/.test(unit.execStart) ? uwsgiPool(unit) : null
}

/** The pool whose file has the address in its `listen`. */
function fpmPool(unit: Unit, address: string): PoolSize | null {
  const path = address.replace(/^unix:/, '')
  const listen = unit.settings.find(({ name, value }) => name === 'listen' && listensAt(value, path))
  const most = unit.settings.find(({ name, file }) => name === 'pm.max_children' && file === listen?.file)
  return most && Number(most.value) > 0 ? { size: Number(most.value), text: most.text } : null
}

function listensAt(value: string, address: string): boolean {
  return value === address || (/^\d+$/.test(value) && address.endsWith(`:${value}`))
}

/** gunicorn's defaults are one worker with one thread (docs.gunicorn.org, settings); workers of an event loop take any number. */
function gunicornPool(unit: Unit): PoolSize | null {
  const command = unit.execStart
  if (/gevent|eventlet|tornado|uvicorn|aiohttp/i.test(command + settingOf(unit, 'worker_class'))) return null
  const workers = option(command, '--workers', '-w') ?? settingOf(unit, 'workers')
  const threads = option(command, '--threads') ?? settingOf(unit, 'threads')
  // A number that a program computes is not known.
  if (/\D/.test(workers) || /\D/.test(threads) || settingOf(unit, 'WEB_CONCURRENCY') !== '') return null
  const size = (Number(workers) || 1) * (Number(threads) || 1)
  return { size, text: `gunicorn: ${Number(workers) || 1} workers of ${Number(threads) || 1} threads` }
}

function uwsgiPool(unit: Unit): PoolSize | null {
  const command = unit.execStart
  const processes =
    option(command, '--processes', '-p', '--workers') ?? (settingOf(unit, 'processes') || settingOf(unit, 'workers'))
  const threads = option(command, '--threads') ?? settingOf(unit, 'threads')
  if (/\D/.test(processes) || /\D/.test(threads)) return null
  const size = (Number(processes) || 1) * (Number(threads) || 1)
  return { size, text: `uwsgi: ${Number(processes) || 1} processes of ${Number(threads) || 1} threads` }
}

/** mod_wsgi's daemon processes: one of 15 threads where nothing is said (modwsgi.readthedocs.io, WSGIDaemonProcess). */
function wsgiPool(unit: Unit): PoolSize | null {
  const [daemon, ...others] = unit.settings.filter(({ name }) => name === 'WSGIDaemonProcess')
  if (!daemon || others.length > 0) return null
  const number = (key: string, usual: number) => Number(new RegExp(`\\b${key}=(\\d+)`).exec(daemon.value)?.[1] ?? usual)
  return { size: number('processes', 1) * number('threads', 15), text: daemon.text }
}

function settingOf(unit: Unit, name: string): string {
  return unit.settings.find((setting) => setting.name === name)?.value ?? ''
}

/** The value of the last such option: "--workers 4", "--workers=4", "-w4". */
function option(command: string, ...names: readonly string[]): string | null {
  const words = command.split(/\s+/)
  const found = words.flatMap((word, index) => {
    const name = names.find(
      (each) => word === each || word.startsWith(`${each}=`) || (/^-\w$/.test(each) && word.startsWith(each)),
    )
    if (name === undefined) return []
    return [word === name ? (words[index + 1] ?? '') : word.slice(name.length).replace(/^=/, '')]
  })
  return found.at(-1) ?? null
}
