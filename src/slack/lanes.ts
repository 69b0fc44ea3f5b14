import type { WebClientOptions } from '@slack/web-api'
import { createPace, type Lane } from './pace.ts'
import { PacedClient } from './paced-client.ts'
import type { SlackParts } from './parts.ts'
import { createRoots, type Roots } from './roots.ts'
import { createWeb, type Web } from './web.ts'

interface OneLane {
  readonly web: Web
  readonly roots: Roots
}

/** Slack for what people wait for, and beside it for what alerts say by themselves, which leaves room for the first. */
export function createLanes(
  token: string,
  options: WebClientOptions,
  { takePlace, slackCalled, threads, log }: Pick<SlackParts, 'takePlace' | 'slackCalled' | 'threads' | 'log'>,
): OneLane & { readonly calm: OneLane } {
  function lane(name: Lane): OneLane {
    const pace = takePlace ? createPace(takePlace, name, log) : null
    const web = createWeb(new PacedClient(token, options, pace, slackCalled), log)
    return { web, roots: createRoots(web, threads, log) }
  }
  return { ...lane('person'), calm: lane('calm') }
}
