// Whether a question seems to hold a citizen service number (BSN), before it leaves the browser.
// The server looks again, and closer: assistant/guard/bsn.py.

const NINE_DIGITS =
  /(?<!\d)(?<!\d[.,/+-])(?:\d{9}|\d{4}([ .–/_-])\d\d\1\d{3}|\d{3}([ .–/_-])\d{3}\2\d{3}|\d([ .–/_-])(?:\d\3){7}\d)(?!\d|[.,]\d|B\d\d)/g;
const NAMED_NUMBER = /\b(?:bsn|burgerservice ?nummer|sofi(?:[ -]?nummer)?|citizen service number)\W{0,3}(?:\w+\W{1,3}){0,4}?(\d(?:[ .,/_–-]{0,2}\d){7,8})(?!\d)/gi;
const OTHER_NUMBER =
  /(?:\b(?:agb|kvk|declaratie|polis|telefoon|tel|fax|mobiel|factuur|nota|dossier|btw|rsin|big|vecozo|uzovi|vektis|contract|overeenkomst|aanvraag|referentie|kenmerk|zaak|ticket|order|artikel|bel|phone|invoice|claim|case|reference|vat)(?:[ -]?(?:nummers?|nr|codes?|numbers?|no|id))?\b\W*(?:(?:is|van|of|op|via)\b\W*){0,3}|€\s*|\beuro?\s*|\+\d{1,3}\s*)$/i;

/** Whether the digits of `text` pass the eleven-test, with or without the leading nought. */
export function passesElevenTest(text) {
  const digits = text.replace(/\D/g, "").padStart(9, "0");
  if (digits.length !== 9 || Number(digits) === 0) return false;
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place < 8 ? 9 - place : -1), 0);
  return sum % 11 === 0;
}

/** Whether `text` holds nine digits that pass the test and that no word before them calls another number. */
export function holdsBsn(text) {
  for (const match of text.matchAll(NAMED_NUMBER)) {
    if (passesElevenTest(match[1])) return true;
  }
  for (const match of text.matchAll(NINE_DIGITS)) {
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    if (passesElevenTest(match[0]) && !OTHER_NUMBER.test(before)) return true;
  }
  return false;
}
