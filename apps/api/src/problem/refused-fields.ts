/** Turns the findings of class-validator into bilingual problems with the path of each field. */
import { Bilingual } from '@gep/kernel';
import { FieldProblem } from './problem';

/** The members of a class-validator ValidationError that are read here. */
export interface Finding {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>>;
  readonly contexts?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Finding[];
}

const unknownField: Bilingual = {
  zh: '没有这个字段；请检查拼写或删去',
  en: 'there is no such field; check the spelling or leave it out',
};

/** All problems of a request, in the order of its fields. */
export function refusedFields(findings: readonly Finding[], parent = ''): FieldProblem[] {
  return findings.flatMap((finding) => {
    const field = pathOf(parent, finding.property);
    const own = Object.entries(finding.constraints ?? {}).map(([constraint, message]) => ({
      field,
      code: constraint === 'whitelistValidation' ? 'unknownField' : constraint,
      text: constraint === 'whitelistValidation' ? unknownField : textOf(finding.contexts?.[constraint], message),
    }));
    return [...own, ...refusedFields(finding.children ?? [], field)];
  });
}

function pathOf(parent: string, property: string): string {
  if (parent === '') return property;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
}

function textOf(context: unknown, message: string): Bilingual {
  const { zh, en } = (context ?? {}) as Partial<Bilingual>;
  return zh !== undefined && en !== undefined ? { zh, en } : { zh: `此字段不符合要求：${message}`, en: message };
}
