/** What may be asked of reviews, and how one looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { reviewActs, reviewStates, type ReviewAct, type ReviewState } from '@gep/accounting';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import { AccountsWithinQuery } from '../request/account-key.dto';
import { ChoiceField, IntegerField, TextField } from '../request/field.decorator';

/** The acts of people; `supersede` is the program's own. */
const acts = reviewActs.filter((act) => act !== 'supersede');

export class ReviewListQuery extends AccountsWithinQuery {
  @ChoiceField({ description: '状态 · state', optional: true, of: reviewStates })
  state?: ReviewState;
}

export class ActBody {
  @ChoiceField({ description: '办理 · what is done', of: acts })
  act: ReviewAct;

  @TextField({
    description: '理由；退回、撤回、重述、放弃重述必填 · reason; needed to return, withdraw, restate and abandon',
    optional: true,
    min: 0,
    max: 2000,
  })
  reason?: string;

  @IntegerField({
    description:
      '您看到的最后一步；其后已有新步骤则拒绝 · the step you saw last; refused when the review has moved on since',
    optional: true,
    min: 0,
    max: 1_000_000,
  })
  afterStep?: number;
}

export class ReviewedVintageBody {
  @ApiProperty({ type: String, format: 'uuid' }) accountId: string;
  @ApiProperty({ type: 'integer' }) vintage: number;
  @ApiProperty({ type: String }) digest: string;
}

export class ReviewPersonBody {
  @ApiProperty({ type: String }) id: string;
  @ApiProperty({ type: String }) name: string;
}

export class ReviewStepBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) norm: string;
  @ApiProperty({ type: 'integer' }) stepNo: number;
  @ApiProperty({ type: 'integer', description: '首次发布为 1，每次重述加 1 · 1, one more for each restatement' })
  round: number;
  @ApiProperty({ type: String, enum: [...reviewActs] }) act: string;
  @ApiProperty({ type: String, enum: [...reviewStates] }) from: string;
  @ApiProperty({ type: String, enum: [...reviewStates] }) state: string;
  @ApiProperty({ type: ReviewedVintageBody }) vintage: ReviewedVintageBody;
  @ApiProperty({ type: ReviewPersonBody }) by: ReviewPersonBody;
  @ApiProperty({ type: String }) reason: string;
  @ApiProperty({ type: String, format: 'date-time' }) at: string;
}

export class ReviewStepListBody {
  @ApiProperty({ type: [ReviewStepBody] }) items: ReviewStepBody[];
}

export class ReviewPageBody extends ReviewStepListBody {
  @ApiProperty(nextCursor) next: string | null;
}

export class RefusalBody {
  @ApiProperty({ type: String, example: 'accounting.same-person' }) code: string;
  @ApiProperty({ type: BilingualBody }) text: BilingualBody;
  @ApiProperty({ type: 'object', additionalProperties: true }) facts: object;
}

export class ActOfferBody {
  @ApiProperty({ type: String, enum: acts }) act: string;
  @ApiProperty({ type: Boolean, description: '您现在可以办理 · you may do it now' }) allowed: boolean;
  @ApiProperty({ type: RefusalBody, nullable: true, description: '为何不可 · why not' }) refusal: RefusalBody | null;
}

export class UnlockBody {
  @ApiProperty({ type: String, enum: [...reviewActs] }) act: string;
  @ApiProperty({ type: [String], description: '由谁 · by whom' }) roles: string[];
}

export class LockBody {
  @ApiProperty({ type: String, enum: [...reviewStates] }) state: string;
  @ApiProperty({ type: String }) lockedBy: string;
  @ApiProperty({ type: String, format: 'date-time' }) lockedAt: string;
  @ApiProperty({ type: [UnlockBody], description: '怎样解锁 · what unlocks it' }) unlock: UnlockBody[];
}

export class LastActBody {
  @ApiProperty({ type: String, enum: [...reviewActs] }) act: string;
  @ApiProperty({ type: ReviewPersonBody }) by: ReviewPersonBody;
  @ApiProperty({ type: String, format: 'date-time' }) at: string;
  @ApiProperty({ type: String }) reason: string;
}

export class ReviewBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) norm: string;
  @ApiProperty({ type: String, enum: [...reviewStates] }) state: string;
  @ApiProperty({ type: 'integer' }) round: number;
  @ApiProperty({ type: 'integer' }) stepNo: number;
  @ApiProperty({ type: LastActBody, nullable: true }) last: LastActBody | null;
  @ApiProperty({ type: ReviewedVintageBody, nullable: true, description: '评审中的一版 · the vintage that is judged' })
  judged: ReviewedVintageBody | null;
  @ApiProperty({ type: ReviewedVintageBody, nullable: true, description: '现行版 · the current vintage' })
  current: ReviewedVintageBody | null;
  @ApiProperty({ type: ReviewedVintageBody, nullable: true, description: '已发布的一版 · the published vintage' })
  published: ReviewedVintageBody | null;
  @ApiProperty({ type: LockBody, nullable: true }) lock: LockBody | null;
  @ApiProperty({ type: [String], description: '您在此处的身份 · your capacities here' }) roles: string[];
  @ApiProperty({ type: [ActOfferBody] }) acts: ActOfferBody[];
}
