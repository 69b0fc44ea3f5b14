import type { ActionId } from '../diagnosis/diagnosis.ts'

/** A change that a person can approve: constant argv but for the unit, which was seen on the host and is named by the inventory. */
export interface Action {
  readonly id: ActionId
  /** Which guard of guard.ts protects it. */
  readonly guards: 'unit' | 'nginx'
  /** The state that the target must be in, compared on the host just before acting. */
  readonly needs: 'down' | 'up' | 'any'
  /** `nginx -t` must pass on the host just before acting. */
  readonly testsConfig: boolean
  /** It cuts what the target is doing for others. */
  readonly interrupts: boolean
  /** It brings everything into force that nginx's configuration on disk says. */
  readonly loadsConfig: boolean
  /** What runs, as root or by sudo: ["systemctl", "start", "checkout-api.service"]. */
  readonly argv: (target: string) => readonly string[]
  /** "Start checkout-api.service" */
  readonly title: (target: string) => string
  /** Effect and risk, in a sentence for the confirm dialog. */
  readonly effect: (target: string) => string
  /** What must be true before, in words. */
  readonly precondition: (target: string) => string
  /** How it is seen afterwards that it helped, in words. */
  readonly verification: (target: string) => string
  /** What to do when it ran and did not help, in words. */
  readonly otherwise: (target: string) => string
}
