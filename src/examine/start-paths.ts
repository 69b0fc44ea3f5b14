import { posix } from 'node:path'
import { certificatesByName } from '../nginx/certificates-by-name.ts'
import { visit } from '../nginx/config-scope.ts'
import { fileInMessage } from '../nginx/start-message.ts'
import type { Facts } from '../probes/index.ts'
import type { StartFileRole } from '../probes/start-files.ts'
import { startingOf } from '../symptoms/starting.ts'

/** Most files that are asked about; those that nginx complained of come first. */
const MOST_FILES = 30

/** Directives that name one other file which must be there when nginx starts. */
const TLS_FILES = new Set([
  'ssl_dhparam',
  'ssl_trusted_certificate',
  'ssl_client_certificate',
  'ssl_crl',
  'ssl_password_file',
  'ssl_stapling_file',
  'ssl_session_ticket_key',
])

/** The files of a start, as arguments of the probe: certificates, keys, modules and the pid file, all as the configuration names them. */
export function startPaths(facts: Facts): readonly string[] {
  const config = facts['nginx-config']
  if (!config.known) return []
  const { model } = config.value
  const directory = posix.dirname(model.config.main)
  const named: (readonly [StartFileRole, string])[] = [['pid', model.pidPath]]
  for (const { kind, path, variable } of model.certificates) if (!variable) named.push([kind, path])
  for (const { kind, path } of certificatesByName(model)) named.push([kind, path])
  for (const { directive } of visit(model.main)) {
    const [first] = directive.args
    if (first === undefined) continue
    if (TLS_FILES.has(directive.name)) named.push(['file', posix.resolve(directory, first)])
    if (directive.name === 'load_module') named.push(['module', posix.resolve(model.prefix, first)])
  }
  for (const path of pidsOfCommands(facts)) named.push(['pid', path])
  const complained = new Set(startingOf(facts).refusals.flatMap(({ line }) => fileInMessage(line) ?? []))
  const asks = named
    .filter(([, path]) => isPlainPath(path))
    .toSorted((a, b) => Number(complained.has(b[1])) - Number(complained.has(a[1])))
    .map(([role, path]) => `${role}|${path}`)
  return [...new Set(asks)].slice(0, MOST_FILES)
}

/** Pid files that a unit of nginx names on its command line: `-g 'daemon on; pid /run/web/nginx.pid;'`. */
function pidsOfCommands({ 'nginx-unit': units }: Facts): readonly string[] {
  const commands = units.known ? units.value.units.map(({ execStart }) => execStart) : []
  return commands.flatMap((command) =>
    [...command.matchAll(/\bpid\s+(\/[^\s;'"]+)/g)].flatMap(([, path]) => path ?? []),
  )
}

/** The files of the configuration, for which a diff may be shown; those of servers and upstreams before snippets that packages bring. */
export function configPaths(facts: Facts): readonly string[] {
  const config = facts['nginx-config']
  if (!config.known) return []
  const { model, files } = config.value
  const telling = [...model.servers, ...model.upstreams, ...model.passes].map(({ file }) => file)
  return [...new Set([model.config.main, ...telling, ...files.keys()])].filter(isPlainPath).slice(0, MOST_FILES)
}

/** Absolute, and nothing that a shell or a program could read as more than a path. */
function isPlainPath(path: string): boolean {
  return /^\/[A-Za-z0-9_.,/@:+=~*-]{1,300}$/.test(path)
}
