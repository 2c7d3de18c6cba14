/** What was recorded by a verb that has no steps: what it is, its code and id, and the verb that comes next, told as deeds are. */
import type { Role } from '@gep/access';
import type { Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';

/** A verb to go on with. */
export interface NextVerb {
  readonly verb: string;
  readonly name: Bilingual;
  readonly roles: readonly Role[];
}

export interface MadeThing {
  readonly what: Bilingual;
  /** Empty where it has none. */
  readonly code: string;
  readonly id: string;
  /** What was done, with its figures. */
  readonly done: Bilingual;
  /** It had been done before, so nothing was changed. */
  readonly replayed: boolean;
  readonly next: readonly NextVerb[];
}

export function renderMade({ what, code, id, done, replayed, next }: MadeThing, language: Language): string {
  const again = { zh: '（此前已经办理，未作改变）', en: ' (done before; nothing was changed)' }[language];
  const following = { zh: '下一步', en: 'next' }[language];
  return [
    [[what[language], code].filter(Boolean).join(' '), id].join('  '),
    `${done[language]}${replayed ? again : ''}`,
    ...next.map(({ verb, name, roles }) => `${following}: \`${verb}\` · ${name[language]} — ${roles.join('/')}`),
  ].join('\n');
}
