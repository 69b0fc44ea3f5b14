import type { ConfigModel } from './config-model.ts'
import type { Certificate } from './config-served.ts'

/** A file that a worker reads at the handshake, because its path has `$ssl_server_name` in it (nginx 1.15.9 and later). */
export interface CertificateByName {
  readonly kind: Certificate['kind']
  readonly path: string
  /** The name of the configuration that stands in the path. */
  readonly name: string
  readonly file: string
  readonly line: number
}

const NAME = /\$(?:ssl_server_name\b|\{ssl_server_name\})/g

/** Names that a server goes by, as the client's own name would read: no wildcards and no expressions. */
const PLAIN = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i

/**
 * Which files a path with `$ssl_server_name` means for the names that the configuration itself has. What a client calls itself is its own
 * choice, so that a file for any other name is nobody's mistake; other variables are not followed.
 */
export function certificatesByName({ certificates }: ConfigModel): readonly CertificateByName[] {
  return certificates.flatMap(({ kind, path, serverNames, file, line }) =>
    path.startsWith('/') && path.search(NAME) >= 0
      ? serverNames
          .filter((name) => PLAIN.test(name))
          .map((name) => ({ kind, path: path.replaceAll(NAME, name), name, file, line }))
          .filter((each) => !each.path.includes('$'))
      : [],
  )
}
