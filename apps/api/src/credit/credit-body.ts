/** How subjects, measures and scores look on the wire. */
import type { ExplainedScore, MeasureView, Objection, ScoreView, SubjectIdentity, SubjectRow } from '@gep/credit';
import { codesOfPath } from '@gep/territory';
import { wire } from '../answer/wire';
import type {
  CreditRecordBody,
  CreditSubjectBody,
  ExplainedScoreBody,
  MeasureBody,
  ObjectionBody,
  SubjectIdentityBody,
} from './credit-answers.dto';

export const subjectBody = ({ id, kind, since, territoryPath }: SubjectRow): CreditSubjectBody => ({
  ...{ id, kind, since },
  territory: codesOfPath(territoryPath).at(-1)!,
});

export const identityBody = ({ identifiers, ...subject }: SubjectIdentity): SubjectIdentityBody => ({
  ...subjectBody(subject),
  identifiers,
});

export const scoreBody = ({ lines, ...score }: ExplainedScore): ExplainedScoreBody => ({
  ...score,
  lines: lines.map(({ reasons, ...line }) => ({ ...line, reasons: [...reasons] })),
});

export const recordBody = ({ subject, stored, ...score }: ScoreView): CreditRecordBody => ({
  ...{ subject, stored: stored && wire(stored) },
  ...scoreBody(score),
});

export const measureBody = ({ lawZh, lawEn, territoryPath: _path, ...measure }: MeasureView): MeasureBody => ({
  ...wire(measure),
  law: { zh: lawZh, en: lawEn },
});

export const objectionBody = ({ territoryPath: _path, ...objection }: Objection): ObjectionBody => wire(objection);
