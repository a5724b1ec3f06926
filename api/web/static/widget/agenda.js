// Dates of an answer: as words, and as a calendar file.

const LINE_BYTES = 74;

/** 'vrijdag 7 november 2025', from an ISO day. */
export function longDate(day, language) {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.valueOf())) return day;
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : "nl-NL", { dateStyle: "full", timeZone: "UTC" }).format(date);
}

function nextDay(day) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** A text as iCalendar has it: escaped, and folded by bytes. */
function contentLine(name, text) {
  const escaped = text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
  const encoder = new TextEncoder();
  let line = "";
  let bytes = 0;
  for (const sign of `${name}:${escaped}`) {
    const size = encoder.encode(sign).length;
    if (bytes + size > LINE_BYTES) {
      line += "\r\n ";
      bytes = 1;
    }
    line += sign;
    bytes += size;
  }
  return line;
}

/** One all-day event as an iCalendar file. `id` stays the same when the date changes, so that a calendar moves it. */
export function calendarEvent({ id, day, title, text, url }, now = new Date()) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Inkooploket//widget//NL",
    "BEGIN:VEVENT",
    contentLine("UID", id),
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
    `DTEND;VALUE=DATE:${nextDay(day).replaceAll("-", "")}`,
    contentLine("SUMMARY", title),
    contentLine("DESCRIPTION", text),
    `URL:${encodeURI(decodeURI(url))}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

/** Give the user a file of this browser's own making. */
export function saveFile(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
