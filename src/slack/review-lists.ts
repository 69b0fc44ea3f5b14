import type { Asker } from './ask.ts'
import { auditMessage } from './messages/audit-list.ts'
import { reviewsMessage } from './messages/going-alone.ts'
import type { NameOf } from './names.ts'
import type { SlackParts } from './parts.ts'

type ListParts = Pick<SlackParts, 'desk' | 'auditOf'> & { readonly nameOf: NameOf }

/** `/nginx reviews` */
export async function listReviews({ desk, nameOf }: ListParts, asker: Asker): Promise<void> {
  const reviews = (await desk.reviews()).filter(({ state }) => state === 'open')
  const named = await Promise.all(reviews.map(async (review) => ({ review, name: await nameOf(review.by) })))
  return asker.tellAlone(reviewsMessage(named))
}

/** `/nginx audit web-1` */
export async function listAudit({ auditOf, nameOf }: ListParts, asker: Asker, host: string): Promise<void> {
  const lines = (await auditOf(host)).slice(0, 20)
  const named = await Promise.all(
    lines.map(async (line) => {
      const by = 'by' in line ? line.by : null
      const last = typeof by === 'string' ? by : (by?.at(-1) ?? null)
      return { line, name: last === null ? null : await nameOf(last) }
    }),
  )
  return asker.tellAlone(auditMessage(host, named))
}
