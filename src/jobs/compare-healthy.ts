import { differences } from '../history/differences.ts'
import type { LastHealthy } from '../history/last-healthy.ts'
import type { Logger } from '../log.ts'
import type { Examination } from './examination.ts'

export interface CompareParts {
  readonly lastHealthy: LastHealthy
  readonly log: Pick<Logger, 'warn'>
}

/** A healthy look is remembered; one that is not says what differs from the last healthy look, when there was one. */
export async function compareHealthy(
  examination: Examination,
  { lastHealthy, log }: CompareParts,
): Promise<Examination> {
  const { diagnosis, digest } = examination
  if (digest === undefined || digest === null) return examination
  try {
    if (diagnosis.verdict === 'healthy') {
      await lastHealthy.keep(digest)
      return examination
    }
    const healthy = await lastHealthy.of(diagnosis.host)
    if (healthy === null) return examination
    const compared = { differences: differences(healthy, digest), lastHealthyAt: healthy.collectedAt }
    return { ...examination, diagnosis: { ...diagnosis, ...compared } }
  } catch (error) {
    // The comparison is an addition: a diagnosis without it is still one.
    log.warn({ host: diagnosis.host, err: error }, 'the last healthy look could not be used')
    return examination
  }
}
