/** Front door of settlement: from figures and rules to money that is reserved, approved and paid, and what happens when the figures change. */
export type { Dependent, Reliance, RelianceEnd } from './reliance/reliance';
export { listDependents, noteReliances } from './reliance/reliance.store';
