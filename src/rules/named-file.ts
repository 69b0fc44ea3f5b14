import { posix } from 'node:path'
import { allInForce, visit } from '../nginx/config-scope.ts'
import type { ConfigModel } from '../nginx/config-model.ts'
import type { Server } from '../nginx/config-servers.ts'

export interface Place {
  readonly file: string
  readonly line: number
}

/** The first directive that names this path, absolute or relative to where nginx starts it (the main file's directory, or the prefix). */
export function placeOf(path: string, model: ConfigModel): Place | null {
  const directory = posix.dirname(model.config.main)
  const names = new Set([path, path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path])
  for (const { directive } of visit(model.main)) {
    const [first] = directive.args
    if (first === undefined || !/^(?:ssl_|load_module|pid$|auth_)/.test(directive.name)) continue
    if (names.has(first) || (!first.startsWith('/') && path.endsWith(`/${first}`)))
      return { file: directive.file, line: directive.line }
  }
  return null
}

/** A certificate and its key as a server names them, in order: there may be one pair for RSA and one for ECDSA. */
export interface TlsPair {
  readonly server: Server
  readonly certificate: string
  readonly key: string | null
  readonly place: Place
}

/** Pairs of all servers that are plain files; those named by a variable are read anew for each connection. */
export function tlsPairs(model: ConfigModel): readonly TlsPair[] {
  const directory = posix.dirname(model.config.main)
  return model.servers.flatMap((server) => {
    const keys = allInForce(server.scope, 'ssl_certificate_key')
    return allInForce(server.scope, 'ssl_certificate').flatMap(({ args, file, line }, index): TlsPair[] => {
      const [path] = args
      const key = keys[index]?.args[0]
      if (path === undefined || isNoFile(path) || file === null || line === null) return []
      return [
        {
          server,
          certificate: posix.resolve(directory, path),
          key: key === undefined || isNoFile(key) ? null : posix.resolve(directory, key),
          place: { file, line },
        },
      ]
    })
  })
}

function isNoFile(path: string): boolean {
  return path.includes('$') || /^(?:data|engine|store):/.test(path)
}
