import type { WebClientOptions } from '@slack/web-api'
import { createPace, type Lane } from './pace.ts'
import { PacedClient } from './paced-client.ts'
import type { SlackParts } from './parts.ts'
import { createRoots, type Roots } from './roots.ts'
import { createIsShared } from './shared-channels.ts'
import { createWeb, type Web } from './web.ts'

interface OneLane {
  readonly web: Web
  readonly roots: Roots
}

/** Slack for what people wait for, and beside it for what alerts say by themselves, which leaves room for the first. */
export function createLanes(
  token: string,
  options: WebClientOptions,
  parts: Pick<SlackParts, 'takePlace' | 'slackCalled' | 'threads' | 'sharedChannels' | 'untold' | 'now' | 'log'>,
): OneLane & { readonly calm: OneLane } {
  const { takePlace, slackCalled, log } = parts
  const clientOf = (name: Lane): PacedClient =>
    new PacedClient(token, options, takePlace ? createPace(takePlace, name, log) : null, slackCalled)
  const isShared = createIsShared(clientOf('person'), parts)
  function lane(name: Lane): OneLane {
    const web = createWeb(clientOf(name), parts, isShared)
    return { web, roots: createRoots(web, parts) }
  }
  return { ...lane('person'), calm: lane('calm') }
}
