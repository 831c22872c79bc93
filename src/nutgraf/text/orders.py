"""The forms of orders to a machine: what `addressed` looks for, as patterns.

Of English and 23 other languages; from reading published collections of such attempts, in words of
our own. Where an imperative is also a past or a third person, more is asked for ("previous").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["ADDRESS", "ENCODED", "MARKED", "ORDERED", "SAYING", "SPOKEN", "START"]

START = re.compile(
    r"^\W*|[.:;,!?>\]}*#|~—–]\s*|\b(?:please|now|then|kindly|bitte)\s+"
    r"|\byou\s+(?:must|should|will|shall|are\s+to|have\s+to|need\s+to|can)\s+",
    re.IGNORECASE,
)
"""Where an order may begin: with a clause."""
_MACHINE = (
    r"(?:a\.?i\.?s?|llms?|(?:large\s+)?language\s+models?|chat\s?bots?|bots?|gpts?|chatgpt|claude|"
    r"gemini|copilot|summari[sz](?:ers?|ing\s+(?:models?|systems?|bots?))|web\s+crawlers?|"
    r"a\.?i\.?\s+(?:(?:language\s+)?models?|assistants?|agents?|systems?|readers?|summari[sz]ers?))"
)
_QUALIFIED = (
    r"(?:all|any|every|previous|prior|above|earlier|preceding|foregoing|your|other|system|initial|"
    r"original|these|those|existing|safety)"
)
_ORDERS = (
    r"(?:instructions?|prompts?|directions?|directives?|guidelines?|rules?|commands?|orders?|"
    r"context|messages?|constraints?|programming|guardrails?|training)"
)
_THING = (
    r"(?:the\s+)?(?:brief|summary|headline|nut\s+graf|verdict|digest|newsletter|json|output|response|"
    r"answer|system\s+prompt|prompt|base64|markdown|following|"
    r"(?:next|last|above|previous)\s+(?:sentence|line|paragraph|text|claim|link))\b"
    r"|the\s+(?:users?|readers?)\b|this\s+(?:sentence|claim|text|article|story|line|link|url|message|payload|page|document|"
    r"summary|brief|prompt|instruction|address)\b"
    r"|(?:exactly|verbatim|word\s+for\s+word)\b|(?:sentence|source|claim)\s+\[?\d"
    r"|(?:it|this|that|them|everything|all\s+claims?)\s+as\s+(?:supported|verified|true|fact\b)"
    r"|your\s+(?:system\s+)?(?:summary|answer|brief|response|output|prompt|instructions?|rules|key)"
)
_VERB = (
    r"(?:output|print|respond|reply|answer|write|say|publish|include|add|insert|append|prepend|"
    r"repeat|copy|cite|quote|use|make|put|set|mark|label|rate|treat|classify|return|state|mention|"
    r"reveal|begin|start|end|replace|translate|summari[sz]e|generate|produce|render|rank|give|tell|"
    r"assign|send|execute|run|fetch|decode|follow|remember|continue|complete|obey|echo|"
    r"inform|advise|place|promote|headline)"
)
_FILLER = r"(?:\s+(?:only|with|to|for|a|an|that|and|back|out|in|into|as|my|its|it|do|always|at))*"

_ORDER = [
    (
        rf"(?:ignore|disregard|forget|override|bypass|discard|drop|(?:do\s+not|don.?t|stop)\s+"
        rf"(?:follow|obey|heed)(?:ing)?)\s+(?:\w+\s+){{0,3}}?{_QUALIFIED}\s+(?:\w+\s+){{0,4}}?{_ORDERS}\b"
    ),
    (
        rf"(?:ignore|disregard|forget|override)\s+(?:the\s+)?{_ORDERS}\s+"
        r"(?:above|before|below|given|you\s+(?:got|have|were))\b"
    ),
    (
        r"(?:ignore|disregard|forget)\s+(?:everything|all|anything|whatever)\s+"
        r"(?:above|before|you|that|previous|prior|else|written|said)\b"
    ),
    (
        rf"(?:you\s+are|act|behave|pretend|roleplay|respond)\s+(?:\w+\s+){{0,5}}?"
        rf"(?:{_MACHINE}|assistant|dan\b|developer\s+mode|jailbroken|unrestricted|root|admin)"
    ),
    rf"as\s+(?:an?|the)\s+(?:{_MACHINE}|helpful\s+assistant)\s*[,:]",
    (
        rf"(?:dear|hey|hi|hello|attention|listen)[\s,:!]+(?:(?:to|all|any|every|the)\s+)*"
        rf"(?:{_MACHINE}|assistant|summari[sz]er|model)s?\b"
    ),
    (
        rf"(?:notes?|messages?|instructions?|reminders?|orders?|commands?|notice)\s+(?:to|for)\s+"
        rf"(?:(?:all|any|every|the|an?)\s+)*(?:{_MACHINE}|assistant|summari[sz]er|model)s?\b"
    ),
    (
        rf"if\s+you\s+(?:are|'re|’re)\s+(?:an?\s+|the\s+)?(?:{_MACHINE}|reading|processing|assistant|"
        r"summari[sz]ing|model)"
    ),
    rf"(?:all\s+|any\s+)?(?:{_MACHINE}|assistants?)\s*[,:]\s*(?:please|you|ignore|do|say|write|output)",
    rf"{_VERB}{_FILLER}\s+(?:{_THING})",
    (
        r"(?:do\s+not|don.?t|never)\s+(?:mention|cite|verify|check|reveal|summari[sz]e|follow|"
        r"report|question|disclose|refuse|quote|withhold|flag)\b"
    ),
    (
        r"(?:(?:begin|end|start)(?:\s+of)?|new|updated|real|actual|hidden|secret)\s+(?:system\s+)?"
        r"(?:prompt|instructions?|sources|untrusted|data\s+block|message)s?\s*(?:[:\])#=*>-]|$)"
    ),
]
SAYING = re.compile(
    r"\W*(?:say|report|write|state|mention|conclude|claim|pretend|confirm|insist|tell\s+\w+|add)"
    r"\s+that\b",
    re.IGNORECASE,
)
_TOKENS = [
    r"^\W*\d+\W+source\s+\d+\s*:",
    (
        r"<\s*/?\s*\|?\s*(?:im_start|im_end|system|assistant|user|developer|instructions?|endoftext|"
        r"eot_id|eom_id|bos|eos|start_header_id|end_header_id|begin_of_text|tool_call|think)\b"
    ),
    r"\[/?\s*inst\s*\]|<<\s*/?\s*sys\s*>>|<(?:start|end)_of_turn>|\[/?system\]",
    r"#{2,}\s*(?:instructions?|system|response|human|assistant|user|new\s+task)\b",
    (
        r"(?:^\W*|[>\]]\s*)(?:system|assistant|developer|human|user)\s*(?:prompt|message|note|override|instructions?|"
        r"update|notice)?\s*[:>\]]"
    ),
    r"[{,\[]\s*[\"']\w+[\"']\s*:|\bverdict\s*[:=]|\bfinish_reason\b|\bsources?\s+end\b.{0,20}[=>#]{2}",
    r"(?:\b[0-9a-f]{2}\s){16,}|(?:%[0-9a-f]{2}){8,}|(?:\\u[0-9a-f]{4}){6,}|(?:&#x?[0-9a-f]+;){6,}",
]
ADDRESS = re.compile(r"\bhttps?://\S+")
_BLOBS = [
    r"\b(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)[A-Za-z0-9+/]{32,}={0,2}",
    r"\b(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])[A-Za-z0-9+/]{24,}={1,2}",
]
# Ignore ... (previous) instructions, in the imperative of other languages. Where the imperative is
# also a past or a third person, the previous instructions are asked for.
_ELSEWHERE = [
    (
        r"(?:ignore[zr]?|oublie[zr]?|négligez?|ne\s+ten(?:ez|iens)\s+pas\s+compte)\b.{0,40}?"
        r"(?:instructions?|consignes?|directives?)"
    ),
    (
        r"(?:bitte\s+)?(?:ignorier(?:e|t|en\s+sie)|vergiss|vergessen\s+sie|missachte(?:n\s+sie)?)\b.{0,40}?"
        r"(?:anweisung|instruktion|vorgabe|befehl)"
    ),
    (
        r"(?:ignor[ae]n?|olvid[ae]n?|descart[ae]n?|hagan?\s+caso\s+omiso|haz\s+caso\s+omiso)\b.{0,30}?"
        r"(?:instruccion|indicacion|[oó]rden)\w*.{0,20}?(?:anterior|previ|sistema)"
    ),
    (
        r"(?:ignora(?:te)?|dimentica(?:te)?|trascura(?:te)?)\b.{0,30}?(?:istruzion|indicazion)\w*"
        r".{0,20}?(?:precedent|sistema|sopra)"
    ),
    (
        r"(?:ignor[ae]m?|esque[cç][ae]m?|desconsider[ae]m?)\b.{0,30}?(?:instruç|orientaç|ordens)\w*"
        r".{0,20}?(?:anterior|prévi|sistema|acima)"
    ),
    r"(?:negeer|vergeet)\b.{0,40}?(?:instructie|opdracht|aanwijzing)",
    r"(?:ignorera|ignorér|ignorer|glöm|glem|bortse)\b.{0,40}?(?:instruktion|instruks|anvisning)",
    r"(?:z?ignoruj|zapomnij|pomiń)(?:cie)?\b.{0,40}?(?:instrukcj|polece|wytyczn)",
    r"(?:ignoruj|zapomeň|zapomeňte|zabudni)(?:te)?\b.{0,40}?(?:instrukc|pokyn|inštrukc)",
    r"(?:про)?(?:игнорируй|забудь)(?:те)?\b.{0,40}?(?:инструкци|указани|команд)",
    r"(?:про)?(?:ігноруй|забудь)(?:те)?\b.{0,40}?(?:інструкці|вказів|команд)",
    r"(?:abaikan|lupakan)\b.{0,30}?(?:instruksi|perintah|arahan|petunjuk)",
    r"(?:hãy\s+)?(?:bỏ\s+qua|quên)\b.{0,30}?(?:hướng\s+dẫn|chỉ\s+thị|chỉ\s+dẫn|mệnh\s+lệnh)",
    r"(?:αγνόησε|αγνοήστε|ξέχασε|ξεχάστε)\b.{0,30}?(?:οδηγίες|εντολές)",
    # To a machine.
    (
        r"(?:en\s+tant\s+qu.(?:\s?ia\b|\s?intelligence\s+artificielle|\s?assistant|e\s+modèle\s+de\s+langage)"
        r"|si\s+(?:tu\s+es|vous\s+êtes)\s+une?\s+(?:ia\b|modèle)|si\s+eres\s+una?\s+(?:ia\b|modelo)"
        r"|als\s+(?:ki|ai|sprachmodell|ki-assistent)\s+(?:musst|sollst|bist)|wenn\s+du\s+eine?\s+(?:ki\b|sprachmodell)"
        r"|como\s+(?:uma?\s+)?(?:ia\b|modelo\s+de\s+(?:lenguaje|linguagem))|se\s+(?:sei|você\s+é)\s+una?\s+(?:ia\b|modell?o)"
        r"|ты\s+[—–-]?\s*(?:ии\b|языковая\s+модель)|если\s+ты\s+(?:ии\b|языковая))"
    ),
]
_ANYWHERE = [
    (
        rf"\b(?:{_MACHINE}|assistants?|models?|summari[sz]ers?)\s+(?:(?:that|who|which)\s+)?(?:(?:is|are)\s+)?"
        r"(?:reading|processing|parsing|summari[sz]ing|ingesting|reads?|process(?:es)?|"
        r"summari[sz]es?)\s+this\s+\w+\s+(?:must|should|shall|will|need|has|have|is\s+to|are\s+to)\b"
    ),
    (
        r"\b(?:system|admin(?:istrator)?|developer|root|priority)\s+(?:override|mode\s+(?:on|enabled|"
        r"activated))\b|\bjailbreak\s+mode\b"
    ),
    (
        r"(?:talimat|yönerge|komut)\w*\b.{0,30}?(?:yok\s*say(?:ın)?|görmezden\s+gel(?:in)?|unut(?:un)?|"
        r"dikkate\s+alma(?:yın)?)\b"
    ),
    (
        r"(?:忽略|无视|無視|忽视|忽視|忘记|忘記|不要理会).{0,8}(?:之前|以上|上述|先前|所有|前面|全部|此前|上面).{0,8}"
        r"(?:指令|指示|提示|说明|說明|规则|命令)"
    ),
    r"(?:指示|命令|プロンプト|ルール).{0,10}(?:無視して(?:ください|、|$)|無視せよ|無視しろ|忘れて(?:ください|、|$)|忘れろ)",
    r"(?:지시|명령|지침|프롬프트).{0,10}(?:무시하(?:세요|라|십시오|시오)|무시해|잊어(?:버려|라|주세요)?)",
    r"(?:تجاهل(?:وا|ي)?|انس(?:وا)?)\s+(?:جميع\s+|كل\s+|كافة\s+)?(?:التعليمات|الأوامر|التوجيهات)\s+(?:السابقة|أعلاه)",
    r"دستور\S*.{0,25}(?:نادیده\s+بگیر|فراموش\s+کن)",
    r"(?:निर्देश|आदेश).{0,20}(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल)\s*(?:कर|जा)",
    r"(?:התעלם|התעלמי|התעלמו|שכח|שכחו)\s+מ?.{0,20}(?:הוראות|הנחיות)",
    r"(?:เพิกเฉย|ละเว้น|ลืม|ไม่ต้องสนใจ).{0,20}(?:คำสั่ง|คำแนะนำ)",
    r"(?:如果你是|你是一个?|作为一?个?)\s*(?:ai|人工智能|语言模型|大模型)|(?:あなたは|aiとして)\s*(?:ai|言語モデル)|당신은\s*(?:ai|인공지능)",
]


def _each(patterns: Sequence[str], flags: int = re.IGNORECASE) -> list[re.Pattern[str]]:
    # One by one: joined by "|" they lose what makes each of them quick to rule out.
    return [re.compile(pattern, flags) for pattern in patterns]


ORDERED = re.compile("|".join(f"(?:{pattern})" for pattern in (*_ORDER, *_ELSEWHERE)), re.I)
SPOKEN, MARKED, ENCODED = _each(_ANYWHERE), _each(_TOKENS), _each(_BLOBS, 0)
