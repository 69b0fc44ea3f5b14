import type { IdSource } from './ids.ts'
import type { JsonObject } from './json.ts'
import type { Workspace } from './workspace.ts'

/** Modals and home tabs, per person: kept so that tests can read and submit them. */
export interface Views {
  open(userId: string, view: JsonObject): JsonObject
  publish(userId: string, view: JsonObject): JsonObject
  update(viewId: string, view: JsonObject): JsonObject | undefined
  /** The modal that this person sees now. */
  modal(userId: string): JsonObject | undefined
  home(userId: string): JsonObject | undefined
  close(userId: string): void
}

export function createViews(workspace: Workspace, ids: IdSource): Views {
  const modals = new Map<string, JsonObject>()
  const homes = new Map<string, JsonObject>()

  function withId(view: JsonObject, id: string): JsonObject {
    return {
      ...view,
      id,
      team_id: workspace.team.id,
      app_id: workspace.appId,
      bot_id: workspace.botId,
      state: { values: {} },
    }
  }
  function keep(where: Map<string, JsonObject>, user: string, view: JsonObject): JsonObject {
    const kept = withId(view, ids.next('V0'))
    where.set(user, kept)
    workspace.announce({ kind: 'view', user })
    return kept
  }

  return {
    open: (user, view) => keep(modals, user, view),
    publish: (user, view) => keep(homes, user, view),
    update(viewId, view) {
      for (const [user, modal] of modals) {
        if (modal['id'] !== viewId) continue
        const changed = withId(view, viewId)
        modals.set(user, changed)
        workspace.announce({ kind: 'view', user })
        return changed
      }
      return undefined
    },
    modal: (user) => modals.get(user),
    home: (user) => homes.get(user),
    close(user) {
      modals.delete(user)
      workspace.announce({ kind: 'view', user })
    },
  }
}
