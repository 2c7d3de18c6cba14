/** What reading a figure comes to: its value, or why there is none. */
import type { Bilingual } from '@gep/kernel';
import type { TargetValue } from '../plan/target-row';

/** `pending`: nothing is published yet. `refused`: what is there does not compare, and why. */
export type ValueAnswer =
  | { readonly state: 'measured'; readonly value: TargetValue }
  | { readonly state: 'pending' | 'refused'; readonly reason: Bilingual };
