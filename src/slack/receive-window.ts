import type { App } from '@slack/bolt'
import { explainPasted } from '../../commands/explain.ts'
import { explainedWindow, explainWindowId } from './messages/explain-window.ts'
import { windowField } from './messages/window.ts'
import type { SlackParts } from './parts.ts'

/** Every window that a person submits. One listener takes them all: Bolt calls each that matches, and an acknowledgement is given once. */
export function receiveWindows(app: App, { log }: Pick<SlackParts, 'log'>): void {
  app.view({ callback_id: /.*/s, type: 'view_submission' }, async ({ ack, view }) => {
    if (view.callback_id === explainWindowId) {
      // Explaining asks nobody, so that the answer fits into the acknowledgement.
      await ack({ response_action: 'update', view: explainedWindow(explainPasted(pastedText(view))) })
      return
    }
    await ack()
    log.warn({ callbackId: view.callback_id }, 'unknown window')
  })
}

interface Submitted {
  readonly state: {
    readonly values: Readonly<Record<string, Readonly<Record<string, { readonly value?: string | null }>>>>
  }
}

function pastedText({ state }: Submitted): string {
  return state.values[windowField.block]?.[windowField.action]?.value ?? ''
}
