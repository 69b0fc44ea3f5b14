import type { ConfigModel } from '../nginx/config-model.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { allInForce } from '../nginx/config-scope.ts'
import type { Server } from '../nginx/config-servers.ts'
import { locationFor } from '../nginx/location-match.ts'
import { sharesAddress } from './shadowed-servers.ts'

/** A server block in a file that changed since nginx loaded its configuration, and one request that is to reach a backend by what is written there. */
export interface WaitingSite {
  readonly server: Server
  readonly name: string
  readonly path: string
  readonly pass: Pass
  /** Server blocks at the same address in other files, the default server first: it answers for a name that nginx does not know yet. */
  readonly others: readonly Server[]
}

/** What makes nginx itself answer where a request would be passed on. */
const OWN_ANSWERS = [
  'try_files',
  'return',
  'rewrite',
  'if',
  'auth_request',
  'auth_basic',
  'deny',
  'error_page',
  'internal',
]

/** Server blocks with names in one of these files whose front page, or one below a literal prefix, is passed on by HTTP and by nothing else. */
export function waitingSites(changed: readonly string[], model: ConfigModel): readonly WaitingSite[] {
  const http = model.servers.filter(({ protocol }) => protocol === 'http')
  return http
    .filter(({ file }) => changed.includes(file))
    .flatMap((server) => {
      const name = server.names.find((each) => /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(each))
      const others = http
        .filter((each) => !changed.includes(each.file) && sharesAddress(each, server))
        .toSorted((a, b) => Number(isDefault(b)) - Number(isDefault(a)))
      const found = passedPath(server, model)
      return name === undefined || found === null || others.length === 0 ? [] : [{ server, name, ...found, others }]
    })
}

function isDefault({ listens }: Server): boolean {
  return listens.some(({ defaultServer }) => defaultServer)
}

function passedPath(server: Server, { passes }: ConfigModel): Pick<WaitingSite, 'path' | 'pass'> | null {
  const own = passes.filter(
    (pass) => pass.server === server && pass.protocol === 'proxy' && pass.scheme === 'http' && pass.uri === null,
  )
  for (const pass of own) {
    const path = pass.location === null ? '/' : pass.location.path
    const literal = pass.location === null || ['', '^~', '='].includes(pass.location.modifier)
    const match = locationFor(server, path)
    if (!literal || !match.known || match.location !== pass.location) continue
    if (!OWN_ANSWERS.some((directive) => allInForce(pass.scope, directive).length > 0)) return { path, pass }
  }
  return null
}
