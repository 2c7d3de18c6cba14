/** On whose behalf runs are worked off: the platform itself, which sees the whole country. */
import type { Actor } from '@gep/platform';

/** A county's accounts go into those above it, so the work needs a wider view than the person who asked for it has. */
export const accountingActor: Actor = { id: 'system:accounting', name: 'accounting', scope: ['CN'] };
