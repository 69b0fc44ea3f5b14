import type { IncomingHttpHeaders } from 'node:http'
import { sameText } from './same-text.ts'
import type { AlertSource, Checked } from './source.ts'

/** Checks what stands in the Authorization header (RFC 6750, RFC 7617) before any of the body is read. */
export function checkAuthorization(
  { auth, user, secrets }: Pick<AlertSource, 'auth' | 'user' | 'secrets'>,
  { authorization }: IncomingHttpHeaders,
): Checked {
  const [scheme = '', given = ''] = /^(\S{1,20}) (.{1,4096})$/.exec(authorization ?? '')?.slice(1) ?? []
  if (scheme.toLowerCase() !== auth) return refused(`an Authorization header with ${auth} is needed`)
  const wanted = secrets.map((secret) =>
    auth === 'basic' ? Buffer.from(`${user}:${secret}`).toString('base64') : secret,
  )
  // Each is compared, so that the time does not tell which of them it nearly was.
  const fits = wanted.filter((each) => sameText(given, each)).length > 0
  return fits ? { ok: true, once: null } : refused(`the ${auth} credentials are wrong`)
}

function refused(reason: string): Checked {
  return { ok: false, why: 'unauthenticated', reason }
}
