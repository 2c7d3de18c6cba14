/** The states of a run, and what people call them. */
import type { Bilingual } from '@gep/kernel';

export type RunState = 'active' | 'done' | 'failed' | 'cancelled';

export const runStateNames: Readonly<Record<RunState, Bilingual>> = {
  active: { zh: '进行中', en: 'active' },
  done: { zh: '已完成', en: 'done' },
  failed: { zh: '部分失败', en: 'failed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};
