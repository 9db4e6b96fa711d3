// Decides a submission by a rulebook, both in their JSON form, like `evaluate` of the Python library.
//
// It implements the part `decisions` of the conformance kit. It reads submissions that are in order: it has no errors,
// and no rulebooks in which each activity serves one term only.

import { minutesOf, plusDays, plusMonths, shareOf, sum } from "./amounts.mjs";
import { notices } from "./notices.mjs";

const CONDITIONS = {
    uncompensated: activity => (activity.compensated ? "compensated" : null),
    bought_through_association: activity => (activity.bought_through_association ? null : "not_bought_through_association"),
};

export function decide(submission, book, editions) {
    const held = [...new Set(submission.designations.map(code => ownCode(code, book)))];
    const answer = (codes, window) => assessed(submission, requirement(codes, book), window, book, editions);
    if (book.window.kind !== "term") return answer(held, yearlyWindow(submission, book.window));
    const starts = Object.entries(submission.term_starts ?? {}).map(([code, day]) => [ownCode(code, book), day]);
    const windows = new Map(starts.map(([code, day]) => [code, termWindow(day, book.window)]));
    const terms = held.filter(code => windows.has(code)).map(code => answer([code], windows.get(code)));
    if (!terms.length) return answer(held, { first: "0001-01-01", last: "9999-12-31" });
    return { ...terms.reduce((furthest, term) => (isFurther(term, furthest) ? term : furthest)), terms };
}

export const ownCode = (code, book) => book.aliases?.[code]?.means ?? code;

export const ruleOf = (kind, book) => book.kinds[kind] ?? book.kinds.unlisted;

export const lengthOf = activity =>
    activity.minutes ?? (activity.hours == null ? null : minutesOf(activity.hours, 60));

function yearlyWindow(submission, rule) {
    if (rule.kind === "months_before") {
        const due = submission.renewal_date;
        return { first: plusMonths(due, -rule.months), last: rule.last_day_inside === false ? plusDays(due, -1) : due };
    }
    const year = submission.renewal_year - rule.years_before;
    return { first: `${year}-01-01`, last: `${year}-12-31` };
}

function termWindow(start, rule) {
    const end = plusMonths(start, rule.months + (rule.grace_months ?? 0));
    return { first: start, last: rule.last_day_inside === false ? plusDays(end, -1) : end };
}

// The largest requirement among the designations.
function requirement(codes, book) {
    const unit = book.credit.minutes;
    const asked = codes.map(code => {
        const { credits, in_network: least } = book.designations[code];
        const total = minutesOf(credits, unit);
        const share = book.in_network.share;
        const compliance = book.compliance ? Math.min(minutesOf(book.compliance.credits, unit), total) : 0;
        return { total, in_network: share == null ? minutesOf(least ?? 0, unit) : shareOf(share, total), compliance };
    });
    const most = key => Math.max(...asked.map(each => each[key]));
    const isAdvice = book.compliance?.strength === "may";
    return {
        total: most("total"),
        in_network: most("in_network"),
        compliance: isAdvice ? 0 : most("compliance"),
        advised: isAdvice ? most("compliance") : 0,
    };
}

function assessed(submission, required, window, book, editions) {
    const decisions = submission.activities.map(activity => screened(activity, window, book));
    limit(decisions, required, book);
    const credited = chosen => sum(decisions.filter(chosen).map(decision => decision.credited_minutes));
    const found = {
        total: credited(() => true),
        in_network: credited(decision => decision.rule.side === "in_network"),
        compliance: credited(decision => decision.activity.addresses_compliance),
    };
    const rules = ["total", "in_network", ...(book.compliance && !required.advised ? ["compliance"] : [])];
    const checks = rules.map(rule => check(rule, required[rule], found[rule], book));
    return {
        renewable: checks.every(each => each.met),
        required_minutes: required.total,
        credited_minutes: found.total,
        in_network_minutes: found.in_network,
        out_of_network_minutes: found.total - found.in_network,
        compliance_minutes: found.compliance,
        shortfall: {
            total_minutes: Math.max(required.total - found.total, 0),
            in_network_minutes: Math.max(required.in_network - found.in_network, 0),
            compliance_minutes: Math.max(required.compliance - found.compliance, 0),
        },
        checks,
        decisions: decisions.map(told),
        notices: notices(submission, required, found, book, editions),
    };
}

function check(rule, required, found, book) {
    const { strength, clause } = book[rule];
    return { rule, met: found >= required, required_minutes: required, found_minutes: found, strength, clause };
}

// Collects every reason that rejects an activity by itself; the first takes all its credits.
function screened(activity, window, book) {
    const rule = ruleOf(activity.kind, book);
    const claimed = rule.each == null ? (lengthOf(activity) ?? 0) : minutesOf(rule.each, book.credit.minutes);
    const findings = [];
    const add = (code, clause) => code && findings.push(finding(code, clause, findings.length ? 0 : claimed));
    if (activity.earned_on < window.first) add("earned_before_window", book.window.clause);
    if (activity.earned_on > window.last) add("earned_after_window", book.window.clause);
    if (rule.side === "not_accepted") add("kind_not_accepted", rule.clause);
    for (const condition of rule.conditions ?? []) add(CONDITIONS[condition](activity), rule.clause);
    const evidence = book.evidence?.[rule.evidence];
    const documents = activity.documents ?? [];
    if (evidence && !evidence.documents.some(each => documents.includes(each))) add("undocumented", evidence.clause);
    return { activity, rule, claimed_minutes: claimed, credited_minutes: findings.length ? 0 : claimed, findings };
}

// Takes credits away: duplicates, then the caps, then the out-of-network share. Compliance is kept first, then the order.
function limit(decisions, required, book) {
    const open = decisions.filter(decision => !decision.findings.length);
    const about = decision => Boolean(decision.activity.addresses_compliance);
    const order = [...open.filter(about), ...open.filter(decision => !about(decision))];
    const seen = new Set();
    for (const decision of order.filter(each => each.rule.once_per)) {
        const identity = JSON.stringify([decision.activity.kind, ...decision.rule.once_per.map(key => folded(decision, key))]);
        const isEvent = decision.rule.once_per.includes("earned_on");
        if (seen.has(identity)) take(decision, isEvent ? "same_event_again" : "same_body_again", decision.rule.clause, Infinity);
        seen.add(identity);
    }
    for (const cap of Object.values(book.caps ?? {})) {
        const under = order.filter(decision => cap.kinds.includes(decision.activity.kind));
        fit(under, minutesOf(cap.credits, book.credit.minutes), "over_cap", cap.clause);
    }
    const outside = order.filter(decision => decision.rule.side === "out_of_network");
    fit(outside, required.total - required.in_network, "over_half", book.in_network.outside);
}

function fit(decisions, room, code, clause) {
    for (const decision of decisions) {
        const over = decision.credited_minutes - room;
        room = Math.max(-over, 0);
        if (over > 0) take(decision, code, clause, over);
    }
}

function take(decision, code, clause, most) {
    const minutes = Math.min(most, decision.credited_minutes);
    decision.credited_minutes -= minutes;
    decision.findings.push(finding(code, clause, minutes));
}

const finding = (code, clause, minutes) => ({ code, clause, credits_minutes: minutes });

const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/gu;

// Case folding of Unicode, letter by letter: a sharp s is two s, and a dotless i is another letter.
const fold = letter => (letter === "\u0131" ? letter : letter.toLowerCase().toUpperCase().toLowerCase());

const folded = (decision, key) => [...String(decision.activity[key] ?? "").replace(SPACES, "")].map(fold).join("");

function told({ claimed_minutes, credited_minutes, findings, activity, rule }) {
    const isReduced = findings.every(each => each.code === "over_cap" || each.code === "over_half");
    const outcome = findings.length ? (isReduced ? "reduced" : "rejected") : "accepted";
    return { kind: activity.kind, side: rule.side, outcome, claimed_minutes, credited_minutes, findings };
}

function isFurther(term, other) {
    for (const key of ["total_minutes", "in_network_minutes", "compliance_minutes"]) {
        if (term.shortfall[key] !== other.shortfall[key]) return term.shortfall[key] > other.shortfall[key];
    }
    return false;
}
