"""What the forms beside a paper map say, in each language that has one."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FormWords:
    """A form in one language.

    Attributes
    ----------
    title, how, private
        What to do, how, and what to leave out.
    numbered
        On the map: that a mark gets a number and is told of on the form.
    form
        On the map and on the form: before the number that both have.
    number, kind, severity, text
        Headings of the columns.
    kinds
        What a mark may be, in the order of ``KINDS`` of annotations.
    age, ages
        The question and its choices.
    role, roles
        The question and its choices, in the order of ``ROLES`` of annotations.
    asks, back, until
        Before who asks, where the sheet goes back to, and by when.
    boundary, main_street, street, water
        Signs of the map.
    streets
        Heading of the index of streets.
    """

    title: str
    how: str
    private: str
    numbered: str
    form: str
    number: str
    kind: str
    severity: str
    text: str
    kinds: tuple[str, ...]
    age: str
    ages: tuple[str, ...]
    role: str
    roles: tuple[str, ...]
    asks: str
    back: str
    until: str
    boundary: str
    main_street: str
    street: str
    water: str
    streets: str


FORM_WORDS: Mapping[str, FormWords] = {
    "fi": FormWords(
        title="Piirrä kartalle, missä kulku sujuu ja missä se hankaloituu",
        how="Merkitse paikka karttaan: piste paikalle, viiva puuttuvalle yhteydelle, ympyrä alueelle. "
        "Kirjoita merkin viereen numero ja kerro paikasta samalla numerolla alla.",
        private="Älä merkitse kotiasi äläkä kirjoita nimeäsi.",
        numbered="Numeroi merkkisi ja kerro siitä lomakkeella.",
        form="Sama numero karttaan ja lomakkeeseen:",
        number="Nro",
        kind="Mikä se on? Rastita yksi.",
        severity="Jos este: kuinka suuri? 1 = pieni, 5 = suuri",
        text="Kerro tarkemmin",
        kinds=("este", "puuttuva yhteys", "hyvä paikka", "alue", "idea", "kiitos"),
        age="Ikä:",
        ages=("alle 13", "13–17", "18–29", "30–64", "65 tai yli"),
        role="Vastaan:",
        roles=("asukkaana", "yrityksenä", "yhdistyksenä", "palveluntuottajana"),
        asks="Kysyy:",
        back="Palauta:",
        until="Viimeistään:",
        boundary="Alueen raja",
        main_street="Pääkatu",
        street="Muu katu tai polku",
        water="Vesi",
        streets="Kadut",
    ),
    "sv": FormWords(
        title="Rita på kartan var det är lätt och var det är svårt att ta sig fram",
        how="Märk ut platsen på kartan: en punkt för en plats, ett streck för en länk som saknas, en "
        "ring för ett område. Skriv ett nummer vid märket och berätta om platsen med samma nummer nedan.",
        private="Märk inte ut ditt hem och skriv inte ditt namn.",
        numbered="Numrera ditt märke och berätta om det på blanketten.",
        form="Samma nummer på karta och blankett:",
        number="Nr",
        kind="Vad är det? Kryssa för ett.",
        severity="Om hinder: hur stort? 1 = litet, 5 = stort",
        text="Berätta mer",
        kinds=("hinder", "saknad länk", "bra plats", "område", "idé", "beröm"),
        age="Ålder:",
        ages=("under 13", "13–17", "18–29", "30–64", "65 eller äldre"),
        role="Jag svarar som:",
        roles=("invånare", "företag", "förening", "serviceproducent"),
        asks="Frågar:",
        back="Lämna tillbaka till:",
        until="Senast:",
        boundary="Områdets gräns",
        main_street="Huvudgata",
        street="Annan gata eller stig",
        water="Vatten",
        streets="Gator",
    ),
    "en": FormWords(
        title="Draw on the map where getting about is easy and where it is hard",
        how="Mark the place on the map: a dot for a place, a line for a missing link, a ring for an area. "
        "Write a number beside the mark, and tell about the place under the same number below.",
        private="Do not mark your home and do not write your name.",
        numbered="Number your mark and tell about it on the form.",
        form="Same number on map and form:",
        number="No.",
        kind="What is it? Tick one.",
        severity="If a barrier: how great? 1 = slight, 5 = great",
        text="Tell more",
        kinds=("barrier", "missing link", "good place", "area", "idea", "praise"),
        age="Age:",
        ages=("under 13", "13–17", "18–29", "30–64", "65 or over"),
        role="I answer as:",
        roles=("resident", "company", "association", "service provider"),
        asks="Who asks:",
        back="Give it back to:",
        until="By:",
        boundary="District boundary",
        main_street="Main street",
        street="Other street or path",
        water="Water",
        streets="Streets",
    ),
    "et": FormWords(
        title="Joonista kaardile, kus liikumine on lihtne ja kus raske",
        how="Märgi koht kaardile: punkt koha, joon puuduva ühenduse, ring ala jaoks. Kirjuta märgi juurde "
        "number ja räägi kohast sama numbri all allpool.",
        private="Ära märgi oma kodu ega kirjuta oma nime.",
        numbered="Nummerda oma märk ja räägi sellest lehel.",
        form="Sama number kaardile ja lehele:",
        number="Nr",
        kind="Mis see on? Märgi üks.",
        severity="Kui takistus: kui suur? 1 = väike, 5 = suur",
        text="Räägi täpsemalt",
        kinds=("takistus", "puuduv ühendus", "hea koht", "ala", "idee", "kiitus"),
        age="Vanus:",
        ages=("alla 13", "13–17", "18–29", "30–64", "65 või üle"),
        role="Vastan:",
        roles=("elanikuna", "ettevõttena", "ühendusena", "teenuseosutajana"),
        asks="Küsib:",
        back="Tagasta:",
        until="Hiljemalt:",
        boundary="Linnaosa piir",
        main_street="Peatänav",
        street="Muu tänav või rada",
        water="Vesi",
        streets="Tänavad",
    ),
    "pt": FormWords(
        title="Desenhe no mapa onde é fácil e onde é difícil andar",
        how="Marque o lugar no mapa: um ponto para um lugar, uma linha para uma ligação que falta, um "
        "círculo para uma área. Escreva um número ao lado da marca e conte do lugar abaixo com o mesmo número.",
        private="Não marque a sua casa nem escreva o seu nome.",
        numbered="Numere a sua marca e conte sobre ela na folha.",
        form="O mesmo número no mapa e na folha:",
        number="N.º",
        kind="O que é? Marque um.",
        severity="Se for barreira: de que tamanho? 1 = pequena, 5 = grande",
        text="Conte mais",
        kinds=("barreira", "ligação que falta", "lugar bom", "área", "ideia", "elogio"),
        age="Idade:",
        ages=("menos de 13", "13–17", "18–29", "30–64", "65 ou mais"),
        role="Respondo como:",
        roles=("morador", "empresa", "associação", "prestador de serviços"),
        asks="Quem pergunta:",
        back="Devolva a:",
        until="Até:",
        boundary="Limite do bairro",
        main_street="Rua principal",
        street="Outra rua ou caminho",
        water="Água",
        streets="Ruas",
    ),
}
