import type { FreezeKeeper } from '../approval/freeze-store.ts'
import type { Audit } from '../audit/audit.ts'
import type { Logger } from '../log.ts'

interface KeepFreezesParts {
  readonly keeper: Pick<FreezeKeeper, 'mend'>
  readonly audit: Pick<Audit, 'append'>
  readonly log: Logger
  readonly now: () => Date
}

/**
 * Holds Redis against this bot's own record: a freeze that was made here, has not ended and was lifted by nobody is put back, for the worker
 * asks Redis; one that another bot lifted is noted as lifted here too.
 */
export async function keepFreezes({ keeper, audit, log, now }: KeepFreezesParts): Promise<void> {
  const { putBack, lifted } = await keeper.mend(now())
  for (const { id, on, by } of putBack)
    log.error({ freeze: id, on, by }, 'a freeze was gone from redis without being lifted, and was put back')
  for (const { id, on, by, at } of lifted)
    await audit.append({
      step: 'unfrozen',
      on,
      freezes: [id],
      until: null,
      by,
      because: `lifted at ${at}`,
      at: now().toISOString(),
    })
}
