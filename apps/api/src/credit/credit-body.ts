/** How subjects, measures and scores look on the wire. */
import type { ExplainedScore, MeasureView, Objection, ScoreView, SubjectIdentity, SubjectRow } from '@gep/credit';
import { codesOfPath } from '@gep/territory';
import { wire } from '../answer/wire';

export const subjectBody = ({ id, kind, since, territoryPath }: SubjectRow) => ({
  ...{ id, kind, since },
  territory: codesOfPath(territoryPath).at(-1)!,
});

export const identityBody = ({ identifiers, ...subject }: SubjectIdentity) => ({
  ...subjectBody(subject),
  identifiers,
});

export const scoreBody = ({ lines, ...score }: ExplainedScore) => ({
  ...score,
  lines: lines.map(({ reasons, ...line }) => ({ ...line, reasons: [...reasons] })),
});

export const recordBody = ({ subject, stored, ...score }: ScoreView) => ({
  ...{ subject, stored: stored && wire(stored) },
  ...scoreBody(score),
});

export const measureBody = ({ lawZh, lawEn, territoryPath: _path, ...measure }: MeasureView) => ({
  ...wire(measure),
  law: { zh: lawZh, en: lawEn },
});

export const objectionBody = ({ territoryPath: _path, ...objection }: Objection) => wire(objection);
